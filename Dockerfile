# The API, the gateway agent and remote-sync in one image: `node dist/apps/<app>/main.js` says which one runs.
FROM node:20-bookworm-slim AS build
WORKDIR /l2gw
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json ./
COPY scripts scripts
COPY libs libs
COPY apps apps
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
WORKDIR /l2gw
ENV NODE_ENV=production
COPY package.json LICENSE ./
COPY --from=build /l2gw/node_modules node_modules
COPY --from=build /l2gw/dist dist
RUN mkdir --parents /var/lib/l2gw && chown node: /var/lib/l2gw
USER node
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "dist/apps/api/main.js"]
