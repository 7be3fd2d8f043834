from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModulesStorage(CompressedManifestStaticFilesStorage):
    """Hashed file names, also inside `import … from` of ES modules (off by default in Django)."""

    support_js_module_import_aggregation = True
