"""Writing talks, analyses, appraisals and notices."""
