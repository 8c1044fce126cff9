using FsCheck;
using FsCheck.Fluent;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Cassandra.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra.Protocol;

/// <summary>Bytes that no server would send: everything ends in an answer or in an exception of ours, and soon.</summary>
public sealed class FuzzTests
{
    private static readonly FakeRequest[] Requests =
        [.. Enumerable.Range(0, 8).Select(static stream => new FakeRequest(4, (short)stream, Opcode.Execute, []))];

    private delegate void Reader(ref BodyReader body);

    private static readonly Reader[] Readers =
    [
        static (ref body) => ErrorBody.Read(ref body),
        static (ref body) => ServerEvent.Read(ref body),
        static (ref body) => PreparedBody.ReadId(ref body),
        static (ref body) => body.SkipPrefix((FrameFlags)0x0E),
        static (ref body) => body.ReadTextSetValue(),
        static (ref body) => body.ReadTextMapValue(),
        static (ref body) => body.ReadInetValue(),
        static (ref body) => body.ReadUuidValue(),
        static (ref body) =>
        {
            for (var rows = body.ReadRowsHeader(StockRowReader.LevelColumns, out _); rows > 0; rows--)
            {
                StockRowReader.ReadLevel(ref body);
            }
        },
    ];

    [Fact]
    public void A_body_of_random_bytes_is_read_or_refused() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(),
        static bytes =>
        {
            foreach (var reader in Readers)
            {
                ReadOrRefuse(reader, bytes);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(400));

    [Fact]
    public void A_valid_body_that_was_cut_or_changed_is_read_or_refused() => Prop.ForAll(
        Mutation(ValidBodies()).ToArbitrary(),
        static bytes =>
        {
            foreach (var reader in Readers)
            {
                ReadOrRefuse(reader, bytes);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_connection_that_receives_random_bytes_ends_and_so_do_its_requests() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(),
        Gen.Choose(1, 40).ToArbitrary(),
        static (bytes, block) => EndsWell(bytes, block))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));

    [Fact]
    public void A_connection_that_receives_mutated_frames_ends_and_so_do_its_requests() => Prop.ForAll(
        Mutation(Gen.Shuffle(ValidFrames()).Select(static frames => frames.SelectMany(static frame => frame).ToArray()))
            .ToArbitrary(),
        Gen.Choose(1, 200).ToArbitrary(),
        static (bytes, block) => EndsWell(bytes, block))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Frames_that_are_whole_are_answers_however_they_are_cut() => Prop.ForAll(
        Gen.Shuffle(ValidFrames()).ToArbitrary(),
        Gen.Choose(1, 200).ToArbitrary(),
        static (frames, block) =>
        {
            var outcomes = EndsWell([.. frames.SelectMany(static frame => frame)], block);
            Assert.All(outcomes, static outcome => Assert.False(outcome is CassandraConnectionException));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static void ReadOrRefuse(Reader reader, byte[] bytes)
    {
        try
        {
            var body = new BodyReader(bytes);
            reader(ref body);
        }
        catch (CassandraException)
        {
            // Refused.
        }
    }

    /// <returns>What became of each of the eight requests: null for an answer.</returns>
    private static Exception?[] EndsWell(byte[] bytes, int block)
    {
        using var transport = new MemoryTransport(bytes, block);
        using var connection = MemoryTransport.Connect(transport);
        var asked = Enumerable.Range(0, Requests.Length)
            .Select(_ => connection.AskAsync(Opcode.Execute, [], TimeSpan.FromSeconds(20), default))
            .ToArray();
        connection.Start();
        Assert.True(connection.Closed.Wait(TimeSpan.FromSeconds(20)), "The connection did not end.");
        Assert.True(
            Task.WhenAll(asked).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(20)),
            "A request did not end.");
        var outcomes = asked.Select(static request => request.Exception?.InnerException).ToArray();
        Assert.All(outcomes, static outcome => Assert.True(outcome is null or CassandraException, outcome?.ToString()));
        Assert.IsAssignableFrom<CassandraException>(connection.Closed.Result);
        return outcomes;
    }

    private static byte[][] ValidFrames() =>
    [
        FakeFrames.Level(Requests[0], FakeNode.Level),
        FakeFrames.Void(Requests[1]),
        FakeFrames.Error(Requests[2], CassandraErrorCode.ReadTimeout),
        FakeFrames.Error(Requests[3], CassandraErrorCode.Unavailable),
        FakeFrames.Rows(Requests[4], [FakeFrames.TextSet("a", "b"), null], [[], FakeFrames.Text("c")]),
        FakeFrames.Ready(Requests[5]),
        FakeFrames.Level(Requests[6], FakeNode.Level),
        FakeFrames.Level(Requests[7], FakeNode.Level),
        FakeFrames.StatusEvent(4, "UP", System.Net.IPAddress.Loopback),
    ];

    private static Gen<byte[]> ValidBodies() =>
        Gen.Elements(ValidFrames().Select(static frame => frame[FrameHeader.Size..]));

    /// <summary>Some bytes replaced, then possibly cut short, or something put in.</summary>
    private static Gen<byte[]> Mutation(Gen<byte[]> valid) =>
        from bytes in valid
        from changes in Gen.Choose(0, 4)
        from places in Gen.Choose(0, int.MaxValue).ArrayOf(changes)
        from values in Gen.Elements((byte)0, (byte)1, (byte)0x7F, (byte)0x80, (byte)0xFF).ArrayOf(changes)
        from end in Gen.Frequency((1, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 200)))
        from extra in Gen.Frequency((3, Gen.Constant(Array.Empty<byte>())), (1, ArbMap.Default.GeneratorFor<byte[]>()))
        select Mutate(bytes, places, values, end, extra);

    private static byte[] Mutate(byte[] bytes, int[] places, byte[] values, int end, byte[] extra)
    {
        var mutated = bytes.ToArray();
        for (var index = 0; index < places.Length && mutated.Length > 0; index++)
        {
            mutated[places[index] % mutated.Length] = values[index];
        }

        return [.. mutated.Take(end), .. extra];
    }
}
