# Cuecard in a container: docs/operating.md says how to run it. Nothing is downloaded when it runs.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
# Every file of the lock, by its hash.
RUN pip download --no-cache-dir --no-deps --require-hashes --requirement requirements.lock --dest /wheels
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY playbooks playbooks
COPY templates templates
RUN python -m venv /opt/cuecard \
  && /opt/cuecard/bin/pip install --no-cache-dir --no-compile --no-index --find-links /wheels .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/cuecard --create-home cuecard \
  && install --directory --owner=cuecard /var/cache/cuecard
COPY --from=build /opt/cuecard /opt/cuecard
ENV PATH=/opt/cuecard/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/var/cache/cuecard \
    XDG_DATA_HOME=/var/lib/cuecard \
    PORT=3000
USER cuecard
WORKDIR /var/lib/cuecard
VOLUME /var/lib/cuecard
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/live', timeout=3)"]
CMD ["cuecard", "serve"]
