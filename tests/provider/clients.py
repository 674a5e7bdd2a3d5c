"""The real client libraries, pointed at the double."""

from app.settings import ModelSettings
from tests.provider.double import ProviderDouble
from tests.provider.keys import GOOGLE_KEY, OPENAI_KEY

OPENAI_MODEL, GOOGLE_MODEL = "gpt-4o", "gemini-2.5-flash-lite"
BOTH = f"openai:{OPENAI_MODEL},google_genai:{GOOGLE_MODEL}"


def settings_for(
    double: ProviderDouble, *, route: str = BOTH, call_s: float = 20.0, first_token_s: float = 8.0, idle_s: float = 5.0
) -> ModelSettings:
    return ModelSettings.model_validate(
        {
            "OPENAI_API_KEY": OPENAI_KEY,
            "OPENAI_BASE_URL": double.openai_url,
            "GOOGLE_API_KEY": GOOGLE_KEY,
            "GOOGLE_BASE_URL": double.google_url,
            "INSIGHTS_ROUTE": route,
            "INSIGHTS_CALL_S": call_s,
            "INSIGHTS_FIRST_TOKEN_S": first_token_s,
            "INSIGHTS_IDLE_S": idle_s,
        }
    )
