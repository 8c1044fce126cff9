namespace Inventory.Tools.Verification;

/// <summary>What a comparison came to.</summary>
/// <param name="Keys">How many keys Postgres holds.</param>
/// <param name="LeftInOutbox">How many changes Kafka did not have when waiting for them ended.</param>
/// <param name="Difference">The first one that is left, or null.</param>
/// <param name="Repaired">How many differences were repaired.</param>
/// <param name="Left">How many could not be.</param>
internal sealed record VerifyResult(int Keys, long LeftInOutbox, StockDifference? Difference, long Repaired = 0, long Left = 0)
{
    public int ExitCode => Difference is null ? Tools.ExitCode.Success : Tools.ExitCode.Failure;
}
