"""Static checks: one rule, one module, found by walking this package."""
