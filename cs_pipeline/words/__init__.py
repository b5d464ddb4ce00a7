"""The vocabulary that every other folder speaks: periods, findings, what people type, settings. Imports nothing of
ours.
"""
