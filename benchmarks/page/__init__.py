"""What a phone is asked to bring and to do, before a thumb can answer (PERFORMANCE.md, "Phone")."""
