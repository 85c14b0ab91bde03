//! A writer of ZIP archives that does what it is told, right or wrong.

/// The media type of ASiC-E as the first member, which every container has.
pub(super) fn media_type() -> Member {
    Member::stored("mimetype", b"application/vnd.etsi.asic-e+zip")
}

/// A member, as its header and the directory state it.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) name: Vec<u8>,
    pub(super) packed: Vec<u8>,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) crc: u32,
    pub(super) packed_length: u32,
    pub(super) length: u32,
    pub(super) extra: Vec<u8>,
    pub(super) comment: Vec<u8>,
    /// Who wrote it, in the upper octet: 3 is Unix.
    pub(super) made_by: u16,
    pub(super) attributes: u32,
    /// What stands behind the member.
    pub(super) behind: Vec<u8>,
    /// Whether the sizes in the header of the member are zero.
    pub(super) sizes_behind: bool,
}

impl Member {
    pub(super) fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            packed: content.to_vec(),
            method: 0,
            flags: 0,
            crc: crc32fast::hash(content),
            packed_length: content.len() as u32,
            length: content.len() as u32,
            extra: Vec::new(),
            comment: Vec::new(),
            made_by: 20,
            attributes: 0,
            behind: Vec::new(),
            sizes_behind: false,
        }
    }

    /// In DEFLATE, as one block that is not compressed (RFC 1951 §3.2.4).
    pub(super) fn deflated(name: &str, content: &[u8]) -> Self {
        let length = content.len() as u16;
        let head = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
        let packed = [&head, content].concat();
        Self { method: 8, packed_length: packed.len() as u32, packed, ..Self::stored(name, content) }
    }

    /// With the checksum and the sizes behind, and a mark before them or none.
    pub(super) fn with_sizes_behind(self, mark: &[u8]) -> Self {
        let sizes = [self.crc, self.packed_length, self.length].map(u32::to_le_bytes).concat();
        Self { flags: self.flags | 8, behind: [mark, &sizes].concat(), sizes_behind: true, ..self }
    }
}

pub(super) fn archive(members: &[Member]) -> Vec<u8> {
    archive_with(members, &|_| {})
}

/// The archive, with its last 22 octets as somebody changes them.
pub(super) fn archive_with(members: &[Member], edit_end: &dyn Fn(&mut Vec<u8>)) -> Vec<u8> {
    let (mut octets, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let offset = octets.len() as u32;
        let common = |sizes: [u32; 3]| {
            let mut common = Vec::new();
            common.extend(20u16.to_le_bytes());
            common.extend([member.flags, member.method, 0, 0x21].map(u16::to_le_bytes).concat());
            common.extend(sizes.map(u32::to_le_bytes).concat());
            common.extend([member.name.len() as u16, member.extra.len() as u16].map(u16::to_le_bytes).concat());
            common
        };
        let sizes = [member.crc, member.packed_length, member.length];
        octets.extend(b"PK\x03\x04");
        octets.extend(common(if member.sizes_behind { [0; 3] } else { sizes }));
        octets.extend([&member.name[..], &member.extra, &member.packed, &member.behind].concat());
        directory.extend(b"PK\x01\x02");
        directory.extend(member.made_by.to_le_bytes());
        directory.extend(common(sizes));
        directory.extend([member.comment.len() as u16, 0, 0].map(u16::to_le_bytes).concat());
        directory.extend([member.attributes, offset].map(u32::to_le_bytes).concat());
        directory.extend([&member.name[..], &member.extra, &member.comment].concat());
    }
    let start = octets.len() as u32;
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend([members.len() as u16; 2].map(u16::to_le_bytes).concat());
    end.extend([directory.len() as u32, start].map(u32::to_le_bytes).concat());
    end.extend([0; 2]);
    edit_end(&mut end);
    [octets, directory, end].concat()
}
