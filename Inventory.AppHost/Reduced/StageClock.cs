using System.Globalization;

namespace Inventory.AppHost.Reduced;

/// <summary>Puts the seconds since the start before every line of progress.</summary>
internal sealed class StageClock(Action<string> write)
{
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public void Report(string line) => write(string.Create(
        CultureInfo.InvariantCulture, $"[{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,5:0.0} s] {line}"));
}
