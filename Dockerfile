# One executable in a small image. The database is a server of your own (DATABASE_URL), or the
# embedded one in the volume /data.
FROM node:20-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npx --yes deno@2.9.6 task compile

FROM debian:bookworm-slim
RUN useradd --system --home-dir /data --create-home apostol
COPY --from=build /src/dist/apostol /usr/local/bin/apostol
USER apostol
WORKDIR /data
VOLUME /data
ENV APOSTOL_DATA=/data APOSTOL_SERVER_LISTEN=0.0.0.0
EXPOSE 4977
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/usr/local/bin/apostol"]
