### The words beside a switch.

switch-on = on
switch-off = off
