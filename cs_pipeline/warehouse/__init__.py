"""The files of the warehouse: archive, ledger and build. Loads readings, builds models, judges claims; publishes
nothing.
"""
