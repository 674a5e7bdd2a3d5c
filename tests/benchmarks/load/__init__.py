"""The service under load: open loop, against scripted providers."""
