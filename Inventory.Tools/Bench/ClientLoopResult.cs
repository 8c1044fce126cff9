namespace Inventory.Tools.Bench;

/// <param name="Reads">All of them.</param>
/// <param name="Rate">Reads a second.</param>
/// <param name="CpuMicroseconds">Processor time of this process per read.</param>
internal sealed record ClientLoopResult(long Reads, double Rate, double CpuMicroseconds);
