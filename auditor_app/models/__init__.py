"""The domain: entities, rules and scoring, without Qt, SQL or files of others."""
