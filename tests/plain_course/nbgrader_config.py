c = get_config()
c.CourseDirectory.course_id = "plain"

from autograder.plain_course import grade_safely

grade_safely(c)
