import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order in which MACs of other clouds are listed, so that a page of 100 need not sort all. */
export class RemoteMacPlaces1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX pushed_row_by_place ON pushed_row ((md5(table_name || ' ' || key)::uuid)) WHERE table_name LIKE 'import/%'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX pushed_row_by_place');
  }
}
