"""The processes of a period, one file each: equation, parameters, kernel."""
