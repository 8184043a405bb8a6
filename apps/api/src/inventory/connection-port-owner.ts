/** The owner of the port that stands for a connection: it goes with the connection and not before. */
export const CONNECTION_PORT = 'network:l2gateway-connection';
