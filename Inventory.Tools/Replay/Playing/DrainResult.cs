namespace Inventory.Tools.Replay.Playing;

/// <summary>How waiting for the read side ended.</summary>
/// <param name="Keys">How many keys were waited for.</param>
/// <param name="KeysBehind">How many of them were never seen at their newest version; 0 when all is well.</param>
/// <param name="Took">From the last answer to the last key seen.</param>
internal sealed record DrainResult(int Keys, int KeysBehind, TimeSpan Took);
