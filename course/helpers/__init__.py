"""The course's shared package: reference implementations, data, figures and checks."""
