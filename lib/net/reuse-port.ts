import { bindUdp } from './serve-udp.ts';

/**
 * Whether several programs can listen at one port of an address, found by trying: Node before 22.12 takes no notice of
 * being asked. Rejects with the error of the system.
 */
export async function canReusePort(address: string): Promise<boolean> {
  const place = { transport: 'udp', address, reusePort: true } as const;
  const first = await bindUdp({ ...place, port: 0 });
  try {
    const second = await bindUdp({ ...place, port: first.address().port });
    second.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  } finally {
    first.close();
  }
}
