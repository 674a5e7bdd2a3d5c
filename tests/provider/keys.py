"""Keys for the double, which accepts any; tests look for them where no key may ever be."""

OPENAI_KEY = "sk-double-0123456789abcdef"
GOOGLE_KEY = "AIza-double-0123456789abcdef"
