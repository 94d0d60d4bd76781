### The code of an invitation, wherever it is typed.

code-label = The code you were given
code-missing = Write the code here.
code-none = No invitation was found for this. It may have been used, or be too old. Ask for a new one.
