"""`./fortnight bench report`."""
