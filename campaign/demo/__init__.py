"""Made-up campaigns: the demo, and one of any size for measuring. Never a real person or a real finding."""
