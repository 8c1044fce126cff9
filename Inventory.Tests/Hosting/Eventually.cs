namespace Inventory.Tests.Hosting;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for what happens in the background.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {Patience}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
