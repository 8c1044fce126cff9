namespace Inventory.Tools.Replay.Reading;

/// <summary>One row of the file as it stands there.</summary>
/// <param name="LineNumber">Of its first line, from 1.</param>
/// <param name="Raw">Its text without the line end.</param>
/// <param name="Fields">Its fields, or null when its quotes are malformed. Overwritten by the next row.</param>
internal readonly record struct LogRecord(long LineNumber, string Raw, IReadOnlyList<string>? Fields);
