namespace Inventory.Tests.Tools.Api;

internal enum Misbehaviour
{
    None,

    /// <summary>429 without a word on when to come back.</summary>
    RateLimitedBriefly,

    Unavailable,

    /// <summary>The connection ends before anything was done.</summary>
    DropBefore,

    /// <summary>The connection ends after everything was done: only a repetition can tell.</summary>
    DropAfterwards,

    /// <summary>429 with Retry-After: 1. Not among those that come by turns, being slow.</summary>
    RateLimited,
}
