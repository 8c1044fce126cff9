using System.Runtime.ExceptionServices;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// A read that failed before routing: carried to its endpoint, where what handles every other failure handles it too.
/// </summary>
internal sealed record FailedRead(Exception Exception)
{
    public static void ThrowIfAny(HttpContext context)
    {
        if (context.Features.Get<FailedRead>() is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed.Exception);
        }
    }
}
