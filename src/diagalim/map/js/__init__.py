"""In: the state that Python sends to the page, and what its reader does.

Out: the map drawn, asked and scored again in the browser; `diagalim.map.script` joins the modules.

Never: a figure that Python did not send; another host.
"""
