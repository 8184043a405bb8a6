import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators say of a switch for others to act on: how it floods, behind which of its tunnel IPs it is, whether tunnels are watched. */
export class SwitchSettings1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE switch ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';

      -- The tunnel IP by which others reach a switch that may have several: the one that the operator chose, if the switch has it; else the
      -- one that the switch itself uses; else the first. NULL if there is none.
      CREATE FUNCTION switch_vtep(settings jsonb, report jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE
          WHEN settings ->> 'tunnel_ip' IS NOT NULL
            THEN CASE WHEN report -> 'tunnelIps' ? (settings ->> 'tunnel_ip') THEN settings ->> 'tunnel_ip' END
          WHEN report -> 'tunnelIps' ? (report ->> 'usedTunnelIp') THEN report ->> 'usedTunnelIp'
          ELSE (SELECT min(ip) FROM jsonb_array_elements_text(report -> 'tunnelIps') AS ip)
        END
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION switch_vtep; ALTER TABLE switch DROP COLUMN settings');
  }
}
