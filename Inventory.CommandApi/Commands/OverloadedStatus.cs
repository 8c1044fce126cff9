using Inventory.ServiceDefaults.Problems;

namespace Inventory.CommandApi.Commands;

internal sealed class OverloadedStatus : IExceptionStatus
{
    public int? StatusOf(Exception exception) =>
        exception is OverloadedException ? StatusCodes.Status503ServiceUnavailable : null;

    public TimeSpan RetryAfter(Exception exception) => ((OverloadedException)exception).ExpectedWait;
}
