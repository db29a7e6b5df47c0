"""Pages of talks, analyses, life meetings, appraisals, corrections and notices."""
