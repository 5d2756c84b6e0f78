using System.Buffers.Binary;
using System.IO.Compression;

namespace Idp.Sandbox.GitHub;

/// <summary>Takes the objects out of a pack, as Git packs them.</summary>
/// <remarks>See https://git-scm.com/docs/gitformat-pack.</remarks>
/// <param name="pack">The pack.</param>
/// <param name="known">Finds an object that a delta is against and that is not in the pack.</param>
internal sealed class PackReader(byte[] pack, Func<string, GitObject?> known)
{
    private const int HeaderSize = 12;
    private readonly Dictionary<int, GitObject> _byPlace = [];
    private readonly Dictionary<string, GitObject> _byName = [];
    private int _at = HeaderSize;

    /// <summary>Returns the objects in their order; a pack of length 0 has none.</summary>
    /// <exception cref="InvalidDataException">It is no pack, or it wants what is not there.</exception>
    public IReadOnlyCollection<GitObject> Read()
    {
        if (pack.Length == 0)
        {
            return [];
        }

        if (pack.Length < HeaderSize || !pack.AsSpan(0, 4).SequenceEqual("PACK"u8))
        {
            throw new InvalidDataException("it is no pack");
        }

        for (var left = BinaryPrimitives.ReadUInt32BigEndian(pack.AsSpan(8)); left > 0; left--)
        {
            var place = _at;
            var found = ReadOne(place);
            _byPlace[place] = _byName[found.Sha] = found;
        }

        return _byName.Values;
    }

    private GitObject ReadOne(int place)
    {
        var first = Next();
        long size = first & 15;
        for (var (last, shift) = (first, 4); (last & 128) != 0; shift += 7)
        {
            last = Next();
            size |= (long)(last & 127) << shift;
        }

        return ((first >> 4) & 7) switch
        {
            1 => GitObject.Of("commit", Inflate(size)),
            2 => GitObject.Of("tree", Inflate(size)),
            3 => GitObject.Of("blob", Inflate(size)),
            4 => GitObject.Of("tag", Inflate(size)),
            6 => Patched(_byPlace.GetValueOrDefault(place - Distance()), size),
            7 => Named(size),
            var type => throw new InvalidDataException($"there is no type {type}"),
        };
    }

    private GitObject Named(long size)
    {
        var name = Convert.ToHexStringLower(pack.AsSpan(_at, 20));
        _at += 20;
        return Patched(_byName.GetValueOrDefault(name) ?? known(name), size);
    }

    private int Distance()
    {
        var last = Next();
        var distance = last & 127;
        while ((last & 128) != 0)
        {
            last = Next();
            distance = ((distance + 1) << 7) | (last & 127);
        }

        return distance;
    }

    private GitObject Patched(GitObject? from, long size)
    {
        var delta = Inflate(size);
        return from is null
            ? throw new InvalidDataException("a delta is against what is not there")
            : GitObject.Of(from.Type, Apply(from.Content, delta));
    }

    private static byte[] Apply(byte[] from, byte[] delta)
    {
        var at = 0;
        Length(delta, ref at);
        var result = new byte[Length(delta, ref at)];
        var end = 0;
        while (at < delta.Length)
        {
            var code = delta[at++];
            if ((code & 128) == 0)
            {
                delta.AsSpan(at, code).CopyTo(result.AsSpan(end));
                at += code;
                end += code;
                continue;
            }

            var (offset, size) = (Number(delta, ref at, code, 4), Number(delta, ref at, code >> 4, 3));
            size = size == 0 ? 0x10000 : size;
            from.AsSpan(offset, size).CopyTo(result.AsSpan(end));
            end += size;
        }

        return result;
    }

    private static int Length(byte[] delta, ref int at)
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = delta[at++];
            length |= (next & 127) << shift;
            if ((next & 128) == 0)
            {
                return length;
            }
        }
    }

    // Each bit says whether one more byte of the number follows.
    private static int Number(byte[] delta, ref int at, int bits, int most)
    {
        var number = 0;
        for (var each = 0; each < most; each++)
        {
            number |= (bits >> each & 1) == 0 ? 0 : delta[at++] << (8 * each);
        }

        return number;
    }

    private byte[] Inflate(long size)
    {
        var content = new byte[size];
        using var bytes = new Sips(pack) { Position = _at };
        using var stream = new ZLibStream(bytes, CompressionMode.Decompress, leaveOpen: true);
        stream.ReadExactly(content);
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("an object is longer than it says");
        }

        _at = (int)bytes.Position;
        return content;
    }

    private int Next() => pack[_at++];

    /// <summary>Gives one byte at a time, so that nothing is taken of what comes behind an object.</summary>
    private sealed class Sips(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
