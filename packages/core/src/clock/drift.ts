/** printk's clock runs at the rate found at boot: 1 to 50 ppm off after the refined calibration (tsc.c, since 2.6.38). */
const refinedDrift = 1e-4;
/** Without it the quick PIT calibration may stop at 500 ppm (arch/x86/kernel/tsc.c, quick_pit_calibrate). */
const quickDrift = 5e-4;

/**
 * How far a printk clock may drift from the wall clock: 1e-4 = 100 ppm. `refinedTsc`: the log says "Refined TSC
 * clocksource calibration", or the kernel is 4.0 or newer.
 */
export function driftOf(refinedTsc: boolean): number {
  return refinedTsc ? refinedDrift : quickDrift;
}
