namespace Inventory.Tools.Verification;

/// <summary>What a comparison came to.</summary>
/// <param name="Keys">How many keys Postgres holds.</param>
/// <param name="LeftInOutbox">How many changes Kafka did not have when waiting for them ended.</param>
/// <param name="Difference">The first one, or null.</param>
internal sealed record VerifyResult(int Keys, long LeftInOutbox, StockDifference? Difference)
{
    public int ExitCode => Difference is null ? Tools.ExitCode.Success : Tools.ExitCode.Failure;
}
