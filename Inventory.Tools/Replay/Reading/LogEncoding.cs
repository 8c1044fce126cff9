using System.Buffers;
using System.Text;
using Inventory.Tools.Display;

namespace Inventory.Tools.Replay.Reading;

/// <summary>Tells UTF-8 from Latin-1: a file that is valid UTF-8 to its end is taken for it, any other for Latin-1.</summary>
internal static class LogEncoding
{
    private const int BufferSize = 128 * 1024;

    public static Encoding Detect(Stream stream, ProgressCounter progress, CancellationToken cancellationToken)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
        var characters = ArrayPool<char>.Shared.Rent(BufferSize + 1);
        try
        {
            int read;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                read = stream.Read(bytes, 0, BufferSize);
                decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);
                progress.Add(read);
            }
            while (read > 0);

            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
