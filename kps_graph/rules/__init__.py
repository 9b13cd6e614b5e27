"""What is checked and how strictly: the catalogue of rules, profiles, baselines, the checklist."""
