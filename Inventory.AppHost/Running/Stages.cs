using System.Globalization;

namespace Inventory.AppHost.Running;

/// <summary>Tells whoever waits what is being done, with the seconds since the start before every line.</summary>
internal sealed class Stages(bool isTold)
{
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public void Report(string line)
    {
        if (isTold)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"[{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,5:0.0} s] {line}"));
        }
    }
}
