import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much a project may have of what, where an operator has said so. */
export class Quotas1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quota (
        project_id varchar(255) NOT NULL,
        resource text NOT NULL,
        -- -1: as much as it likes.
        most integer NOT NULL CHECK (most >= -1),
        PRIMARY KEY (project_id, resource)
      );

      -- What a project has is counted whenever it has a limit.
      CREATE INDEX network_by_project ON network (project_id);
      CREATE INDEX subnet_by_project ON subnet (project_id);
      CREATE INDEX port_by_project ON port (project_id);
      CREATE INDEX l2_gateway_by_project ON l2_gateway (project_id);
      CREATE INDEX l2_gateway_connection_by_project ON l2_gateway_connection (project_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE quota;
      DROP INDEX network_by_project, subnet_by_project, port_by_project, l2_gateway_by_project, l2_gateway_connection_by_project;
    `);
  }
}
