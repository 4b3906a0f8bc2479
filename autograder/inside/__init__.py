"""What runs inside the sandbox, beside the student's code.

This folder is mounted into the sandbox and holds no secret. It must import nothing but the
standard library, numpy, IPython, matplotlib and the students' edition of `helpers`.
"""
