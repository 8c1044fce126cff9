namespace Inventory.Tests.Faults.Publishing;

internal static class Patience
{
    // A lease is waited for up to 15 s, and new slots for every transaction of the shared server.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"Not within {Limit}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
