# /// attack
# tries = "show HTML and drawings that run, load or send"
# must = "what could run is dropped"
# feedback = "L1: all correct"
# report = "active_html"
# ///

# %%
from IPython.display import HTML, SVG, Javascript, display

display(HTML("<script>steal()</script><img src=x onerror=steal()><iframe src='javascript:steal()'>"))
display(HTML("<a href='javascript:steal()'>x</a><form action='https://x'><input name=a></form>"))
display(HTML("<svg onload=steal()></svg><style>body{display:none}</style><base href='https://x'>"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>steal()</script></svg>"))
display(Javascript("steal()"))
display({"application/vnd.x+json": {"a": "<script>steal()</script>"}}, raw=True)
print("</pre><script>steal()</script>")
raise ValueError("<script>steal()</script>")
