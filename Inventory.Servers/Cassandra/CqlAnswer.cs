namespace Inventory.Servers.Cassandra;

/// <summary>The body of a frame is read only as far as the probes need it.</summary>
internal readonly record struct CqlAnswer(byte Opcode, byte[] Body)
{
    private const byte Error = 0x00;
    private const byte Ready = 0x02;
    private const byte Supported = 0x06;
    private const byte Result = 0x08;

    public bool IsError => Opcode == Error;

    public bool IsReady => Opcode == Ready;

    public bool IsSupported => Opcode == Supported;

    public bool IsResult => Opcode == Result;
}
