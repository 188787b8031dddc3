"""Policy levers 政策工具, one file each: what it changes, its unit, what it costs, how it can harm."""
