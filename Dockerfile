# Every wheel of the lock, each checked against its hash. A layer of its own: it changes only with the lock.
FROM python:3.11-slim AS wheels
WORKDIR /srv
COPY requirements.lock ./
RUN python -m pip download --no-cache-dir --require-hashes --no-deps --requirement requirements.lock --dest /wheels

# The service and what it needs to run, from those wheels alone: no index is asked, so nothing can slip past the hashes,
# and what only development and the embedded MongoDB need stays behind.
FROM python:3.11-slim AS build
WORKDIR /srv
COPY --from=wheels /wheels /wheels
COPY pyproject.toml README.md LICENSE ./
COPY prompts ./prompts
COPY chains ./chains
COPY app ./app
COPY evals ./evals
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --no-index --find-links /wheels . \
    && /opt/venv/bin/python -m pip uninstall --yes pip setuptools

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    INSIGHTS_DATA_DIR=/var/lib/insights
RUN groupadd --system --gid 10001 insights \
    && useradd --system --uid 10001 --gid insights --home-dir /srv --no-create-home --shell /usr/sbin/nologin insights \
    && install --directory --owner=insights --group=insights --mode=0700 /var/lib/insights
WORKDIR /srv
COPY --from=build /opt/venv /opt/venv
USER 10001:10001
VOLUME ["/var/lib/insights"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
ENTRYPOINT ["insights"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
